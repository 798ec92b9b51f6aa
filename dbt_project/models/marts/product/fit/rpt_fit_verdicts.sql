with

verdicts as (
    select
        style_id,
        verdict_code,
        diagnosis_code,
        from_size_label,
        to_size_label,
        order_basis_code,
        unknown_labels_text,
        small_probability,
        large_probability,
        swap_probability,
        verdict_probability,
        needed_count,
        more_deliveries_count
    from {{ ref('stg_scores__fit_verdicts') }}
),

styles as (
    select
        style_id,
        min(style_name) as style_name,
        min(category_name) as category_name,
        min(brand_name) as brand_name,
        min(season_name) as season_name,
        min(list_price_amount) as lowest_list_price_amount,
        max(list_price_amount) as highest_list_price_amount,
        min(launched_date) as launched_date
    from {{ ref('dim_products') }}
    group by style_id
),

evidence as (
    select
        style_id,
        sum(delivered_count) as delivered_count,
        sum({{ to_millionths('developed_exposure') }}) as developed_millionths,
        sum({{ to_millionths('small_units') }}) as small_millionths,
        sum({{ to_millionths('large_units') }}) as large_millionths,
        sum({{ to_millionths('size_units') }}) as size_millionths
    from {{ ref('rpt_fit_evidence') }}
    group by style_id
),

-- The part that is named most often in the direction of the verdict.
zones as (
    select
        zones.style_id,
        zones.zone_code,
        row_number() over (
            partition by zones.style_id
            order by
                case
                    when verdicts.verdict_code = 'runs_small' then zones.small_units
                    when verdicts.verdict_code = 'runs_large' then zones.large_units
                    else zones.small_units + zones.large_units
                end desc,
                zones.zone_code asc
        ) as place_number
    from {{ ref('rpt_fit_zones') }} as zones
    inner join verdicts on zones.style_id = verdicts.style_id
),

-- The lot that runs as the verdict says, and the others of the style do not.
lots as (
    select
        lots.style_id,
        lots.lot_id,
        row_number() over (
            partition by lots.style_id
            order by
                case
                    when verdicts.verdict_code = 'runs_small' then lots.small_probability
                    else lots.large_probability
                end desc,
                lots.lot_id asc
        ) as place_number
    from {{ ref('rpt_fit_lots') }} as lots
    inner join verdicts on lots.style_id = verdicts.style_id
    where verdicts.diagnosis_code = 'lot'
),

factories as (
    select
        style_id,
        origin_name
    from {{ ref('int_products_narrowed_to_style_origins') }}
    where origin_code = 'factory'
),

materials as (
    select
        style_id,
        origin_name
    from {{ ref('int_products_narrowed_to_style_origins') }}
    where origin_code = 'material'
),

zone_names as (
    select
        zone_code,
        label_ja_text,
        label_en_text
    from {{ ref('fit_zones') }}
),

advice as (
    select
        verdict_code,
        diagnosis_code,
        page_ja_text,
        page_en_text,
        maker_ja_text,
        maker_en_text
    from {{ ref('stg_kaeru__fit_advice') }}
),

joined as (
    select
        verdicts.style_id,
        styles.style_name,
        styles.category_name,
        styles.brand_name,
        styles.season_name,
        factories.origin_name as factory_name,
        materials.origin_name as material_name,
        verdicts.verdict_code,
        verdicts.diagnosis_code,
        zones.zone_code,
        lots.lot_id,
        verdicts.from_size_label,
        verdicts.to_size_label,
        verdicts.order_basis_code,
        verdicts.unknown_labels_text,
        coalesce(zone_names.label_ja_text, '全体') as zone_ja_text,
        coalesce(zone_names.label_en_text, 'whole garment') as zone_en_text,
        coalesce(lots.lot_id, '') as lot_text,
        coalesce(verdicts.from_size_label, '') as from_text,
        coalesce(verdicts.to_size_label, '') as to_text,
        advice.page_ja_text,
        advice.page_en_text,
        advice.maker_ja_text,
        advice.maker_en_text,
        verdicts.small_probability,
        verdicts.large_probability,
        verdicts.swap_probability,
        verdicts.verdict_probability,
        evidence.delivered_count,
        evidence.developed_millionths,
        evidence.small_millionths,
        evidence.large_millionths,
        evidence.size_millionths,
        verdicts.needed_count,
        verdicts.more_deliveries_count,
        styles.lowest_list_price_amount,
        styles.highest_list_price_amount,
        styles.launched_date
    from verdicts
    inner join styles on verdicts.style_id = styles.style_id
    inner join evidence on verdicts.style_id = evidence.style_id
    left join factories on verdicts.style_id = factories.style_id
    left join materials on verdicts.style_id = materials.style_id
    left join zones on verdicts.style_id = zones.style_id and zones.place_number = 1
    left join lots on verdicts.style_id = lots.style_id and lots.place_number = 1
    left join zone_names on zones.zone_code = zone_names.zone_code
    left join advice
        on
            verdicts.verdict_code = advice.verdict_code
            and verdicts.diagnosis_code = advice.diagnosis_code
),

final as (
    select
        style_id,
        style_name,
        category_name,
        brand_name,
        season_name,
        factory_name,
        material_name,
        verdict_code,
        diagnosis_code,
        zone_code,
        lot_id,
        from_size_label,
        to_size_label,
        order_basis_code,
        unknown_labels_text,
        {{ fill_advice('page_ja_text', 'zone_ja_text') }} as page_ja_text,
        {{ fill_advice('page_en_text', 'zone_en_text') }} as page_en_text,
        {{ fill_advice('maker_ja_text', 'zone_ja_text') }} as maker_ja_text,
        {{ fill_advice('maker_en_text', 'zone_en_text') }} as maker_en_text,
        small_probability,
        large_probability,
        swap_probability,
        verdict_probability,
        cast(delivered_count as bigint) as delivered_count,
        {{ from_millionths('developed_millionths') }} as developed_exposure,
        {{ from_millionths('small_millionths') }} as small_units,
        {{ from_millionths('large_millionths') }} as large_units,
        {{ from_millionths('size_millionths') }} as size_units,
        needed_count,
        more_deliveries_count,
        lowest_list_price_amount,
        highest_list_price_amount,
        launched_date
    from joined
    order by style_id
)

select * from final
