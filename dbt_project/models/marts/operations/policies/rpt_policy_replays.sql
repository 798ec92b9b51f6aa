with

drafts as (
    select draft_name
    from {{ ref('stg_kaeru__policy_drafts') }}
    group by draft_name
),

effects as (
    {% for effect in ['approve', 'deny', 'review'] -%}
        select '{{ effect }}' as effect_code
        {%- if not loop.last %}

            union all

        {% endif %}
    {%- endfor %}
),

months as (
    select
        month_count,
        first_date,
        last_date
    from {{ ref('int_orders_narrowed_to_whole_months') }}
),

decisions as (
    select
        return_line_id,
        requested_net_amount,
        decider_code,
        review_minutes,
        event_date
    from {{ ref('fct_return_decisions') }}
),

-- What one review takes of staff, as far as anybody recorded it.
reviews as (
    select
        {{ from_millionths('sum(' ~ to_millionths('review_minutes') ~ ')') }} / count(*)
            as each_minutes
    from decisions
    where decider_code = 'staff' and review_minutes is not null
),

summed as (
    select
        judged.draft_name,
        judged.now_effect_code,
        judged.new_effect_code,
        count(*) as request_line_count,
        count(decisions.requested_net_amount) as priced_line_count,
        coalesce(sum(decisions.requested_net_amount), 0) as requested_net_amount,
        count(
            case
                when decisions.event_date between months.first_date and months.last_date then 1
            end
        ) as month_line_count,
        min(decisions.event_date) as first_event_date,
        max(decisions.event_date) as last_event_date
    from {{ ref('int_return_requests_judged_to_drafts') }} as judged
    inner join decisions on judged.return_line_id = decisions.return_line_id
    cross join months
    group by judged.draft_name, judged.now_effect_code, judged.new_effect_code
),

-- A cell without a request is a measured zero.
cells as (
    select
        drafts.draft_name,
        effects.effect_code as now_effect_code,
        then_effects.effect_code as new_effect_code,
        coalesce(summed.request_line_count, 0) as request_line_count,
        coalesce(summed.priced_line_count, 0) as priced_line_count,
        coalesce(summed.requested_net_amount, 0) as requested_net_amount,
        coalesce(summed.month_line_count, 0) as month_line_count,
        case when effects.effect_code = 'review' then 1 else 0 end as review_now_count,
        case when then_effects.effect_code = 'review' then 1 else 0 end as review_new_count,
        summed.first_event_date,
        summed.last_event_date
    from drafts
    cross join effects
    cross join effects as then_effects
    left join summed
        on
            drafts.draft_name = summed.draft_name
            and effects.effect_code = summed.now_effect_code
            and then_effects.effect_code = summed.new_effect_code
),

final as (
    select
        cells.draft_name,
        cells.now_effect_code,
        cells.new_effect_code,
        cells.request_line_count,
        cells.priced_line_count,
        cast(cells.requested_net_amount as bigint) as requested_net_amount,
        cells.review_now_count * cells.request_line_count * reviews.each_minutes
            as now_review_minutes,
        cells.review_new_count * cells.request_line_count * reviews.each_minutes
            as new_review_minutes,
        (cells.review_now_count - cells.review_new_count)
        * cells.month_line_count * reviews.each_minutes / months.month_count
            as saved_month_minutes,
        cells.first_event_date,
        cells.last_event_date
    from cells
    cross join reviews
    cross join months
    order by cells.draft_name, cells.now_effect_code, cells.new_effect_code
)

select * from final
