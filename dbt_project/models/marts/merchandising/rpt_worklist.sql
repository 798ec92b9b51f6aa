with

shop as (
    select as_of_date
    from {{ ref('int_settings_pivoted_to_shops') }}
),

evidence as (
    select
        level_code,
        group_id,
        delivered_count,
        returned_count,
        developed_exposure,
        expected_rate
    from {{ ref('rpt_rate_evidence') }}
),

estimates as (
    select
        level_code,
        group_id,
        posterior_rate,
        low_rate,
        high_rate,
        alarm_probability,
        is_alarm,
        is_rankable
    from {{ ref('stg_scores__rate_estimates') }}
),

changes as (
    select
        style_id,
        since_date
    from {{ ref('stg_scores__rate_changes') }}
    where since_date is not null
),

products as (
    select
        sku,
        style_id,
        style_name,
        category_name,
        brand_name,
        season_name
    from {{ ref('dim_products') }}
),

styles as (
    select
        style_id,
        min(style_name) as style_name,
        min(category_name) as category_name,
        min(brand_name) as brand_name,
        min(season_name) as season_name
    from products
    group by style_id
),

named as (
    select
        'sku' as level_code,
        sku as group_id,
        style_id,
        sku,
        style_name,
        category_name,
        brand_name,
        season_name
    from products

    union all

    select
        'style' as level_code,
        style_id as group_id,
        style_id,
        cast(null as string) as sku,
        style_name,
        category_name,
        brand_name,
        season_name
    from styles
),

development as (
    select
        sku,
        style_id,
        delivered_count,
        delivered_net_amount
    from {{ ref('rpt_sku_development') }}
),

prices as (
    select
        'sku' as level_code,
        sku as group_id,
        sum(delivered_count) as delivered_count,
        sum(delivered_net_amount) as delivered_net_amount
    from development
    group by sku

    union all

    select
        'style' as level_code,
        style_id as group_id,
        sum(delivered_count) as delivered_count,
        sum(delivered_net_amount) as delivered_net_amount
    from development
    group by style_id
),

-- A stated reason that says something, the most frequent first; ties by the code.
reasons as (
    select
        products.style_id,
        sku_reasons.sku,
        sku_reasons.reason_code,
        sku_reasons.returned_count - sku_reasons.size_bracketed_returned_count as returned_count
    from {{ ref('rpt_sku_reasons') }} as sku_reasons
    inner join products on sku_reasons.sku = products.sku
    where
        sku_reasons.reason_source_code = 'stated'
        and sku_reasons.date_basis_code = 'cohort'
        and sku_reasons.reason_state_code = 'coded'
),

reason_counts as (
    select
        'sku' as level_code,
        sku as group_id,
        reason_code,
        sum(returned_count) as returned_count
    from reasons
    group by sku, reason_code

    union all

    select
        'style' as level_code,
        style_id as group_id,
        reason_code,
        sum(returned_count) as returned_count
    from reasons
    group by style_id, reason_code
),

ranked_reasons as (
    select
        level_code,
        group_id,
        reason_code,
        row_number() over (
            partition by level_code, group_id
            order by returned_count desc, reason_code asc
        ) as reason_rank
    from reason_counts
    where returned_count > 0
),

main_reasons as (
    select
        level_code,
        group_id,
        reason_code
    from ranked_reasons
    where reason_rank = 1
),

notes as (
    select
        style_id,
        sku,
        owner_name,
        state_code,
        note_text,
        noted_at
    from {{ ref('int_worklist_notes_narrowed_to_rows') }}
),

joined as (
    select
        named.level_code,
        named.style_id,
        named.sku,
        named.style_name,
        named.category_name,
        named.brand_name,
        named.season_name,
        main_reasons.reason_code as main_reason_code,
        notes.owner_name as owner,  -- noqa: RF04, the name is promised
        notes.state_code as state,
        notes.note_text,
        evidence.delivered_count,
        evidence.returned_count,
        evidence.developed_exposure,
        prices.delivered_net_amount,
        prices.delivered_count as priced_count,
        evidence.returned_count - evidence.expected_rate * evidence.developed_exposure
            as excess_returns,
        (estimates.posterior_rate - evidence.expected_rate) * evidence.developed_exposure
            as likely_excess_returns,
        evidence.expected_rate,
        estimates.low_rate,
        estimates.high_rate,
        estimates.alarm_probability,
        estimates.is_alarm,
        estimates.is_rankable,
        changes.since_date,
        notes.noted_at
    from evidence
    inner join named
        on evidence.level_code = named.level_code and evidence.group_id = named.group_id
    inner join prices
        on evidence.level_code = prices.level_code and evidence.group_id = prices.group_id
    inner join estimates
        on evidence.level_code = estimates.level_code and evidence.group_id = estimates.group_id
    left join main_reasons
        on
            evidence.level_code = main_reasons.level_code
            and evidence.group_id = main_reasons.group_id
    left join changes
        on evidence.level_code = 'style' and evidence.group_id = changes.style_id
    left join notes
        on named.style_id = notes.style_id and named.sku is not distinct from notes.sku
    where evidence.delivered_count > 0
),

final as (
    select
        joined.level_code,
        joined.style_id,
        joined.sku,
        joined.style_name,
        joined.category_name,
        joined.brand_name,
        joined.season_name,
        joined.main_reason_code,
        joined.owner,
        joined.state,
        joined.note_text,
        cast(round(joined.excess_returns) as bigint) as excess_count,
        -- At the average net price of a unit of the group.
        cast(
            round(joined.excess_returns * joined.delivered_net_amount / joined.priced_count)
            as bigint
        ) as excess_amount,
        -- What of it a repetition would show: the order of the list.
        cast(
            round(joined.likely_excess_returns * joined.delivered_net_amount / joined.priced_count)
            as bigint
        ) as likely_excess_amount,
        joined.delivered_count,
        joined.returned_count,
        cast(joined.returned_count as double) / joined.delivered_count as observed_rate,
        (
            joined.returned_count
            + (joined.delivered_count - joined.developed_exposure) * joined.expected_rate
        ) / joined.delivered_count as developed_rate,
        joined.low_rate as low,
        joined.high_rate as high,
        joined.expected_rate,
        joined.developed_exposure / joined.delivered_count as developed_share,
        joined.alarm_probability,
        joined.is_alarm,
        joined.is_rankable,
        joined.since_date,
        shop.as_of_date,
        joined.noted_at
    from joined
    cross join shop
    order by
        joined.level_code desc, likely_excess_amount desc, joined.style_id asc, joined.sku asc
)

select * from final
